import { expect, test } from "vitest"
import { find, manifestOf } from "../../helpers/adopt.js"

const module = "module example.com/shop/api\n\ngo 1.26\n"
const main = "package main\n\nfunc main() {}\n"

test("port and health are those of the code that the main package reaches", () => {
  const text = manifestOf({
    "api/go.mod": module,
    "api/main.go":
      'package main\n\nimport "example.com/shop/api/internal/web"\n\nfunc main() { web.Serve() }\n',
    "api/internal/web/web.go":
      'package web\n\nfunc Serve() {\n\tmux.HandleFunc("GET /healthz", ok)\n\thttp.ListenAndServe(":9000", mux)\n}\n',
    "api/internal/idle/idle.go": 'package idle\n\nfunc Idle() { http.ListenAndServe(":1234", nil) }\n',
  })
  expect(text).toBe(`language: go
port: 9000 # internal/web/web.go, line 5
health:
  http: /healthz # internal/web/web.go, line 4
`)
})

test("what an empty variable PORT is replaced by is the port", () => {
  const text = manifestOf({
    "api/go.mod": module,
    "api/main.go": `package main

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "3550"
	}
	db := dial("0.0.0.0:5432")
	http.ListenAndServe(":"+port, nil)
}
`,
  })
  expect(text).toContain("port: 3550 # main.go, line 4\n")
})

test("an option's default is surer than what else is called port", () => {
  const text = manifestOf({
    "api/go.mod": module,
    "api/main.go": 'package main\n\nfunc main() { fs.Int("port", 9898, "port to bind") }\n',
    "api/mock.go": "package main\n\nvar mock = Config{\n\tPort: 9999,\n}\n",
  })
  expect(text).toContain("port: 9898 # main.go, line 3\n")
})

test("a server of gRPC's health protocol has that check, a client of it has none", () => {
  const server = 'func main() { healthpb.RegisterHealthServer(s, h); net.Listen("tcp", ":50051") }\n'
  const client = 'func main() { healthpb.NewHealthClient(c); net.Listen("tcp", ":50051") }\n'
  const files = (code: string) => ({ "api/go.mod": module, "api/main.go": `package main\n\n${code}` })
  expect(manifestOf(files(server))).toContain('port: 50051 # main.go, line 3\nhealth:\n  grpc: "" # main.go')
  expect(manifestOf(files(client))).toContain("\n# health:\n#   http: /health\n")
})

test("variables that name other services are left to a person", () => {
  const text = manifestOf({
    "api/go.mod": module,
    "api/main.go": 'package main\n\nfunc main() { dial(os.Getenv("CART_SERVICE_ADDR")) }\n',
  })
  expect(text).toContain('\n# variables:\n#   CART_SERVICE_ADDR: ""\n')
})

test("the only main package is named where it is in no usual folder", () => {
  const text = manifestOf({
    "api/go.mod": module,
    "api/server/main.go": main,
    "api/lib/lib.go": "package lib\n",
  })
  expect(text).toContain("entrypoint: server # its only main package\n")
})

test("one of several main packages is asked for where a folder with a service.yaml to be has them", () => {
  const text = manifestOf({
    "api/go.mod": module,
    "api/api.go": main,
    "api/tools/gen/main.go": main,
  })
  expect(text).not.toContain("entrypoint")
})

test("each program of a module is a service of its own", () => {
  const { services } = find({
    "go.mod": module,
    "cmd/api/main.go": main,
    "cmd/worker/main.go": main,
    "services/mail/cmd/mail/main.go": main,
    "internal/x/x.go": "package x\n",
    "tools/gen.go": "//go:build ignore\n\npackage main\n\nfunc main() {}\n",
    "vendor/example.com/other/main.go": main,
  })
  expect(services.map(({ folder }) => folder)).toEqual(["cmd/api", "cmd/worker", "services/mail"])
})

test("a module without a main package is a library", () => {
  expect(find({ "libs/log/go.mod": module, "libs/log/log.go": "package log\n" })).toMatchObject({
    services: [],
    others: [{ folder: "libs/log", kind: "library", what: "Go without a main package" }],
  })
})
