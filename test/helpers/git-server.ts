import { spawn } from "node:child_process"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { afterAll } from "vitest"

/** Serves the git repositories below a folder over HTTP, on port 80 of an address, until the file's end. */
export async function serveGit(folder: string, host: string): Promise<void> {
  const server = createServer((request, response) => answer(folder, request, response))
  await new Promise<void>((listening, failed) => server.once("error", failed).listen(80, host, listening))
  afterAll(() => server.close())
}

/** Git's own server is a CGI program. */
function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://host")
  const header = (name: string) => String(request.headers[name] ?? "")
  const cgi = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      REQUEST_METHOD: request.method,
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: header("content-type"),
      HTTP_CONTENT_ENCODING: header("content-encoding"),
      GIT_PROTOCOL: header("git-protocol"),
    },
  })
  request.pipe(cgi.stdin)
  const chunks: Buffer[] = []
  cgi.stdout.on("data", (chunk: Buffer) => chunks.push(chunk))
  cgi.stdout.on("end", () => {
    const whole = Buffer.concat(chunks)
    const end = whole.indexOf("\r\n\r\n")
    for (const line of whole.subarray(0, end).toString().split("\r\n")) {
      const [name = "", value = ""] = line.split(": ")
      if (name === "Status") response.statusCode = Number.parseInt(value, 10)
      else response.setHeader(name, value)
    }
    response.end(whole.subarray(end + 4))
  })
}
