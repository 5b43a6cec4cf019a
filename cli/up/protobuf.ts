/** A value of a Protocol Buffers message, as the wire tells it apart: a number, or bytes that may be anything. */
type WireValue = number | Uint8Array

/** A message's fields by number, each with all its values in order. */
export class Message {
  readonly #fields = new Map<number, WireValue[]>()

  /** Reads a message (Protocol Buffers, "Encoding"). Throws a RangeError when the bytes are none. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = 0
    const varint = (): number => {
      let value = 0
      for (let factor = 1; ; factor *= 128) {
        const byte = view.getUint8(at++)
        value += (byte & 127) * factor
        if (byte < 128) return value
      }
    }
    const skip = (length: number): Uint8Array => {
      at += length
      if (at > bytes.length) throw new RangeError("the message ends within a field")
      return bytes.subarray(at - length, at)
    }
    while (at < bytes.length) {
      const tag = varint()
      const field = Math.floor(tag / 8)
      const value = readValue(tag % 8, varint, skip)
      this.#fields.set(field, [...(this.#fields.get(field) ?? []), value])
    }
  }

  /** All messages in a field. */
  messages(field: number): readonly Message[] {
    return this.#bytes(field).map((bytes) => new Message(bytes))
  }

  /** The text of a field; empty where it is absent. */
  text(field: number): string {
    return Buffer.from(this.#bytes(field).at(-1) ?? []).toString("utf8")
  }

  /** The bytes of a field in hexadecimal; empty where it is absent. */
  hex(field: number): string {
    return Buffer.from(this.#bytes(field).at(-1) ?? []).toString("hex")
  }

  /** The number in a field; 0 where it is absent. */
  number(field: number): number {
    const value = this.#fields.get(field)?.at(-1)
    return typeof value === "number" ? value : 0
  }

  #bytes(field: number): readonly Uint8Array[] {
    return (this.#fields.get(field) ?? []).filter((value) => typeof value !== "number")
  }
}

function readValue(type: number, varint: () => number, skip: (length: number) => Uint8Array): WireValue {
  switch (type) {
    case 0:
      return varint()
    case 1:
      return Number(Buffer.from(skip(8)).readBigUInt64LE())
    case 2:
      return skip(varint())
    case 5:
      return Buffer.from(skip(4)).readUInt32LE()
    default:
      throw new RangeError(`there is no wire type ${type}`)
  }
}
