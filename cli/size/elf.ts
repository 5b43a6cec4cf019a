const symbolTable = 2
const programData = 1
const allocated = 0x2

/** One entry of an ELF section table. */
interface Section {
  readonly type: number
  readonly flags: number
  readonly size: number
  /** Position of the section that this one refers to; a symbol table's names. */
  readonly link: number
}

/**
 * Finds out what stripping a program would take away, from its bytes as they come: symbol tables with their names and
 * debugging sections (ELF-64, little endian, as on every platform that images are made for).
 */
export class ElfWatch {
  #head = Buffer.alloc(0)
  #table: Buffer[] = []
  #seen = 0

  add(chunk: Buffer): void {
    if (this.#head.length < 64) this.#head = Buffer.concat([this.#head, chunk]).subarray(0, 64)
    const end = this.#seen + chunk.length
    if (this.#isElf() && this.#head.length === 64) {
      const table = this.#tableAt()
      if (end > table) this.#table.push(chunk.subarray(Math.max(0, table - this.#seen)))
    }
    this.#seen = end
  }

  /** Bytes that stripping would save; undefined for what is no program. */
  strippable(): number | undefined {
    if (!this.#isElf() || this.#head.length < 64) return undefined
    const sections = this.#sections()
    return sections.reduce((sum, section) => {
      if (section.type === symbolTable) return sum + section.size + (sections[section.link]?.size ?? 0)
      const isDebug = section.type === programData && (section.flags & allocated) === 0
      return isDebug ? sum + section.size : sum
    }, 0)
  }

  #isElf(): boolean {
    return (
      this.#head.length >= 6 &&
      this.#head.readUInt32BE(0) === 0x7f454c46 &&
      this.#head[4] === 2 &&
      this.#head[5] === 1
    )
  }

  #tableAt(): number {
    return Number(this.#head.readBigUInt64LE(40))
  }

  #sections(): readonly Section[] {
    const table = Buffer.concat(this.#table)
    const entry = this.#head.readUInt16LE(58)
    const count = this.#head.readUInt16LE(60)
    if (entry < 64 || table.length < entry * count) return []
    return Array.from({ length: count }, (_, index) => {
      const at = index * entry
      return {
        type: table.readUInt32LE(at + 4),
        flags: Number(table.readBigUInt64LE(at + 8) & 0xffffn),
        size: Number(table.readBigUInt64LE(at + 32)),
        link: table.readUInt32LE(at + 40),
      }
    })
  }
}
