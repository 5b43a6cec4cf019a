import { useTitle } from "./use-title.js"

/** For addresses where nothing is. */
export function NotFoundPage() {
  useTitle("Not found")
  return (
    <>
      <h1>Off the chart</h1>
      <p>
        There is no page at this address. <a href="/">Back to the shop →</a>
      </p>
    </>
  )
}
