import type { Told } from "./proposal.js"
import { placeOf, type Source } from "./sources.js"

/** What code tells of the port that it listens on. */
export interface PortTraits {
  /** The only one that the surest signs name. */
  readonly port?: Told<number>
  /** Whether it looks at the variable PORT, which Slipway sets. */
  readonly readsVariable: boolean
}

/** Signs of a port, the surest first; the number follows each closely. */
const signs: readonly RegExp[] = [
  // The default of the variable PORT: env.PORT || 3000, getenv("PORT", "8000"), PORT: z.number().default(8080)
  /(?<![-\w])PORT\b(?:[^\d\n]|\d(?!\d)|65535|65_535){0,90}?\b(?!65535)(\d{2,5})\b(?!_)/g,
  // Go: port := os.Getenv("PORT"), and what it is set to where that is empty.
  /etenv\("PORT"\)[^}]{0,120}?=\s*":?(\d{2,5})"/g,
  // What is listened on: listen(3000), ListenAndServe(":8080"), "0.0.0.0:8080", ([0, 0, 0, 0], 3000)
  /\b(?:listen|ListenAndServe|ListenAndServeTLS|Listen|Run|Start|start|bind|forPort|InetSocketAddress|add_insecure_port|bindAsync|serve)\(\s*(?:["'`]tcp["'`],\s*)?["'`]?(?:0\.0\.0\.0|\[::\])?:?(\d{2,5})(?![\d.])/g,
  /["'`](?:0\.0\.0\.0|\[::\]|\[::0\]):(\d{2,5})["'`]/g,
  /(?:\[\s*0\s*,\s*0\s*,\s*0\s*,\s*0\s*\]|UNSPECIFIED\)?|(?<!["'])["'](?:0\.0\.0\.0|::)?["'])\s*,\s*(\d{2,5})\b(?=\s*\))/g,
  /\bAddr:\s*":(\d{2,5})"/g,
  // Rust: the function that a default comes from.
  /\bfn default_port\(\)\s*->\s*u16\s*\{\s*(\d{2,5})\b/g,
  // The default of an option: fs.Int("port", 9898, add_argument("--port", default=5000), Arg::new("port").default_value("80"
  /["'`](?:--)?port["'`]\s*[,)](?:(?:(?!Arg::new|add_argument|option\()[^;]){0,160}?\bdefault(?:_value)?\s*[=(])?\s*["'`]?(\d{2,5})\b/g,
  /\bdefault_value(?:_t)?\s*=\s*"?(\d{2,5})\b(?:(?!^\s*(?:pub\s+)?\w+\s*:)[^;{}]){0,300}^\s*(?:pub\s+)?port\s*:/gm,
  // Something called port: port = 8080, const defaultPort = "3550", --port=8000, flag.Int("port", 50051
  /(?<![\w.-])(?:(?:default|listen|server|http|grpc|app)[_-]?)?port["'`]?(?:\s*:\s*(?:int|u16|number|str|string)\b)?\s*(?::=|[=:,])\s*(?:int\()?["'`]?:?(\d{2,5})\b/gi,
]

/** Ports of databases, queues and mail, to which services connect, and usual lengths of a queue of connections. */
const others = new Set([
  25, 53, 128, 443, 465, 511, 512, 587, 1024, 1433, 1521, 1883, 2181, 3306, 4222, 4317, 4318, 5432, 5672,
  6379, 6831, 9042, 9092, 9200, 9411, 11211, 14268, 27017, 65535,
])

/** Finds the port in sources: what the surest kind of sign names, if that is one port. */
export function portTraits(sources: readonly Source[], folder: string): PortTraits {
  const readsVariable = sources.some(({ text }) =>
    /(env\(|env\[|environ|env\.|var\(|[gG]etenv|getEnv|LookupEnv)[^\n]{0,20}\bPORT\b/.test(text),
  )
  for (const sign of signs) {
    const found = sources.flatMap((source) => portsBy(sign, source, folder))
    const numbers = new Set(found.map(({ value }) => value))
    const [first] = found
    if (first !== undefined && numbers.size === 1) return { port: first, readsVariable }
  }
  return { readsVariable }
}

function portsBy(sign: RegExp, source: Source, folder: string): readonly Told<number>[] {
  return [...source.text.matchAll(sign)].flatMap((match) => {
    const value = Number(match[1])
    const isPort = value >= 80 && value <= 65535 && !others.has(value)
    return isPort ? [{ value, from: placeOf(source, match.index, folder) }] : []
  })
}
