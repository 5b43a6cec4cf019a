import type { Choices } from "./choices.js"

const goods = [
  "fracht",
  "envio",
  "paczka",
  "nimotsu",
  "pacco",
  "colis",
  "kolli",
  "zasilka",
  "faktura",
  "zoll",
]
const deeds = ["lotse", "waga", "sklad", "koban", "quai", "bodega", "kassa", "posta", "meter", "skrivare"]

/** So many names that fit an image, none twice; at most a hundred. */
export function serviceNames(count: number, choices: Choices): readonly string[] {
  const all = goods.flatMap((good) => deeds.map((deed) => `${good}-${deed}`))
  if (count > all.length) throw new RangeError(`${count} services: there are names for ${all.length}`)
  return choices.shuffled(all).slice(0, count)
}
