import type { ComponentChildren } from "preact"

const navy = "#12324a"
const brass = "#d9a441"
const rope = "#c9ab7c"
const red = "#c8402f"
const sea = "#4f8a9b"
const white = "#fdfaf3"

/** A drawing of a product, or a life-ring for those that nobody has drawn. It decorates: the name stands beside it. */
export function ProductPicture({ id }: { id: string }) {
  return (
    <svg
      class="picture"
      viewBox="0 0 120 120"
      aria-hidden="true"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {drawings[id] ?? drawings["life-ring"]}
    </svg>
  )
}

const drawings: Readonly<Record<string, ComponentChildren>> = {
  "anchor-lamp": (
    <>
      <circle cx="60" cy="62" r="40" fill="#f7dc9a" opacity="0.55" />
      <path d="M48 27a12 12 0 0 1 24 0" fill="none" stroke={navy} stroke-width="4" />
      <path d="M42 36h36l-5-9H47z" fill={brass} />
      <rect x="44" y="36" width="32" height="44" rx="4" fill="#fff4d1" stroke={brass} stroke-width="4" />
      <path d="M60 46c7 8 8 13 8 16a8 8 0 0 1-16 0c0-3 1-8 8-16z" fill="#f0a12c" />
      <path d="M38 80h44v9H38z" fill={brass} />
      <path d="M44 36v44M76 36v44" stroke={navy} stroke-width="2.5" />
    </>
  ),
  "bowline-rope": (
    <g fill="none" stroke={rope} stroke-width="8">
      <ellipse cx="58" cy="66" rx="34" ry="25" />
      <ellipse cx="58" cy="66" rx="20" ry="13" />
      <path d="M78 46c8-10 18-14 24-12M30 80c-6 10-4 14 2 17" />
      <g stroke="#a5855a" stroke-width="1.8">
        <path d="M27 60l6 5M29 80l7-4M44 87l4-6M62 90l2-7M80 85l-3-6M90 72l-7-3M86 53l-6 4M70 44l-2 6M52 43l2 6M36 49l5 5" />
      </g>
    </g>
  ),
  "deck-brush": (
    <>
      <path d="M92 20L58 66" stroke="#b98b4e" stroke-width="7" />
      <rect x="24" y="62" width="56" height="15" rx="5" fill="#b98b4e" />
      <path
        d="M30 78l-4 21M38 78l-2 22M46 78v22M54 78v22M62 78l2 22M70 78l3 22M76 78l5 20"
        stroke={navy}
        stroke-width="4"
      />
    </>
  ),
  "hand-compass": (
    <>
      <circle cx="60" cy="62" r="38" fill={white} stroke={brass} stroke-width="7" />
      <path d="M60 32v6M60 86v6M30 62h6M84 62h6" stroke={navy} stroke-width="3" />
      <path d="M74 42L65 67 55 57z" fill={red} />
      <path d="M46 82l9-25 10 10z" fill={navy} />
      <circle cx="60" cy="62" r="3.5" fill={brass} />
      <path d="M52 19h16" stroke={brass} stroke-width="6" />
    </>
  ),
  "horn-cleat": (
    <>
      <path
        d="M16 52c14-9 25-5 32-5h24c7 0 18-4 32 5-10 10-22 11-30 11H46c-8 0-20-1-30-11z"
        fill="#aab8c0"
        stroke="#7d8d97"
        stroke-width="2"
      />
      <path d="M48 60l-7 25h38l-7-25z" fill="#8fa0aa" />
      <rect x="32" y="83" width="56" height="9" rx="4" fill="#7d8d97" />
      <circle cx="40" cy="87.5" r="2" fill={white} />
      <circle cx="80" cy="87.5" r="2" fill={white} />
      <path d="M24 51c9-4 16-3 24-2" fill="none" stroke={white} stroke-width="2.5" opacity="0.8" />
    </>
  ),
  "sea-chart": (
    <>
      <path
        d="M20 34l27-8 26 8 27-8v60l-27 8-26-8-27 8z"
        fill="#f2e6c8"
        stroke="#c8b483"
        stroke-width="2.5"
      />
      <path d="M20 34l27-8v28c-8 5-16 2-27 12z" fill="#d7c08a" />
      <path d="M100 26v22c-10 2-13 8-27 4V34z" fill="#d7c08a" />
      <path d="M47 26v60M73 34v60" stroke="#c8b483" stroke-width="1.8" />
      <path d="M32 76l16-9 15 6 22-12" fill="none" stroke={red} stroke-width="2.8" stroke-dasharray="1 6" />
      <path d="M84 70l3 8 8 3-8 3-3 8-3-8-8-3 8-3z" fill={sea} />
    </>
  ),
  "ships-bell": (
    <>
      <path d="M34 26h52" stroke="#8a6a3b" stroke-width="7" />
      <path d="M60 29v8" stroke={navy} stroke-width="5" />
      <path d="M60 36c18 0 20 14 21 26 1 11 5 14 9 20H30c4-6 8-9 9-20 1-12 3-26 21-26z" fill={brass} />
      <path d="M28 82h64" stroke="#b9832b" stroke-width="6" />
      <path d="M49 48c-3 5-3 12-4 18" fill="none" stroke="#f6d99a" stroke-width="4" />
      <circle cx="60" cy="90" r="5" fill="#8a6a3b" />
      <path d="M60 94v12" stroke={rope} stroke-width="5" />
    </>
  ),
  "tide-clock": (
    <>
      <circle cx="60" cy="60" r="40" fill={white} stroke={navy} stroke-width="7" />
      <path d="M24.5 66c6-6 12-6 18 0s12 6 18 0 12-6 17.5 0 12 6 17.5 0a36.5 36.5 0 0 1-71 0z" fill={sea} />
      <path d="M60 28v5M60 87v5M28 60h4M88 60h4" stroke={navy} stroke-width="3" />
      <path d="M60 60L76 40" stroke={red} stroke-width="4.5" />
      <circle cx="60" cy="60" r="4.5" fill={navy} />
    </>
  ),
  "watch-cap": (
    <>
      <path d="M30 74c0-30 12-44 30-44s30 14 30 44z" fill={navy} />
      <path
        d="M44 72c0-22 4-34 10-41M60 72V30M76 72c0-22-4-34-10-41"
        fill="none"
        stroke="#2b5573"
        stroke-width="3"
      />
      <rect x="25" y="70" width="70" height="21" rx="8" fill="#1d4666" />
      <path d="M36 74v13M47 74v13M58 74v13M69 74v13M80 74v13" stroke="#2f6288" stroke-width="3" />
    </>
  ),
  "life-ring": (
    <>
      <circle cx="60" cy="60" r="30" fill="none" stroke={white} stroke-width="18" />
      <circle
        cx="60"
        cy="60"
        r="30"
        fill="none"
        stroke={red}
        stroke-width="18"
        stroke-dasharray="23.56 23.56"
        stroke-linecap="butt"
      />
    </>
  ),
}
