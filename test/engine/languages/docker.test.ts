import { join } from "node:path"
import { beforeAll, expect, inject, test } from "vitest"
import { folderOfFile, writeFiles } from "../../helpers/folders.js"
import { pullImage } from "../../helpers/images.js"
import { build, slipway, succeed } from "../../helpers/slipway.js"

const home = inject("firstHome")
const folder = folderOfFile()

const good = {
  "good/services/web/service.yaml":
    "language: docker\nport: 8080\nargs: { GREETING: hi }\ndocker: { context: ../.. }\n",
  "good/services/web/Dockerfile": `# syntax=docker/dockerfile:1
ARG BASE=debian:trixie-slim
FROM \${BASE} AS build
ARG GREETING
RUN <<EOT
mkdir -p /out/data
echo "$GREETING" > /out/greeting
chown -R 1000:1000 /out/data
EOT
COPY libs/*.txt \\
     # a comment
     services/web/serve.pl /out/

FROM debian:trixie-slim
COPY --from=build /out /srv
WORKDIR /srv
USER 1000:1000
STOPSIGNAL SIGINT
CMD ["perl", "/srv/serve.pl"]
`,
  "good/services/web/serve.pl": String.raw`use Socket;
socket(S, PF_INET, SOCK_STREAM, 0);
bind(S, sockaddr_in($ENV{PORT}, INADDR_ANY)) or die;
listen(S, 5);
while (accept(C, S)) { print C "HTTP/1.0 200 OK\r\n\r\nok\n"; close C }
`,
  "good/libs/hello.txt": "hello\n",
  "good/README.md": "no input\n",
}
const bad = {
  "bad/services/bad/service.yaml": "language: docker\n",
  "bad/services/bad/Dockerfile":
    'FROM debian:trixie-slim\nRUN echo fine\n\nRUN echo "about to" \\\n # why\n && ls /nowhere\n',
}

beforeAll(async () => {
  writeFiles(folder, { ...good, ...bad })
  await succeed(["-C", join(folder, "good"), "lock"], { home })
  await succeed(["-C", join(folder, "bad"), "lock"], { home })
})

test("a Dockerfile gives an image with its files, owners and settings, and one digest again", async () => {
  const root = join(folder, "good")
  const { exitCode, stderr, targets } = await build(["-C", root], { home })
  expect(exitCode, stderr).toBe(0)
  const image = await pullImage(targets["web"]?.image ?? "")
  expect(image.config.config).toMatchObject({
    User: "1000:1000",
    Cmd: ["perl", "/srv/serve.pl"],
    StopSignal: "SIGINT",
  })
  expect(image.entries.map(({ path }) => path)).toContain("/srv/hello.txt")
  writeFiles(root, { "README.md": "another\n" })
  expect((await build(["-C", root], { home })).targets["web"]?.digest).toBe(targets["web"]?.digest)
})

test("a RUN line that fails is shown with its line and what it printed", async () => {
  const { exitCode, stderr } = await slipway(["-C", join(folder, "bad"), "build"], { home })
  expect(exitCode).toBe(1)
  expect(stderr).toContain("services/bad/Dockerfile line 4: RUN")
  expect(stderr).toContain("about to")
  expect(stderr).toContain("/nowhere")
})
