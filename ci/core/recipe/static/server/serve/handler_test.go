package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"slipway.local/static"
)

const html = "text/html; charset=utf-8"

func server(t *testing.T, settings static.Settings) http.Handler {
	t.Helper()
	folder := t.TempDir()
	for path, text := range map[string]string{
		"files/index.html":          "<h1>Home</h1>",
		"files/about.html":          "<h1>About</h1>",
		"files/docs/index.html":     "<h1>Docs</h1>",
		"files/404.html":            "<h1>Gone</h1>",
		"files/assets/app-D1wr4.js": "let app = 1",
		"br/assets/app-D1wr4.js":    "BR",
		"gzip/assets/app-D1wr4.js":  "GZIP",
		"secret":                    "secret",
	} {
		file := filepath.Join(folder, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	site := &static.Site{Settings: settings, Files: map[string]*static.File{
		"index.html":          {Type: html, Hash: "a1"},
		"about.html":          {Type: html, Hash: "a2"},
		"docs/index.html":     {Type: html, Hash: "a3"},
		"404.html":            {Type: html, Hash: "a4"},
		"assets/app-D1wr4.js": {Type: "text/javascript", Hash: "a5", Immutable: true, Encodings: []string{"br", "gzip"}},
	}}
	lookup := func(name string) (string, bool) { return "https://api.example", name == "PUBLIC_API" }
	return newHandler(folder, site, lookup)
}

func get(handler http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	return do(handler, http.MethodGet, path, headers...)
}

func do(handler http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, "/", nil)
	request.URL.Path, request.URL.RawQuery, _ = strings.Cut(path, "?")
	for index := 0; index+1 < len(headers); index += 2 {
		request.Header.Set(headers[index], headers[index+1])
	}
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, request)
	return response
}

func expect(t *testing.T, response *httptest.ResponseRecorder, status int, body string) {
	t.Helper()
	if response.Code != status || strings.TrimSpace(response.Body.String()) != body {
		t.Errorf("got %d %q, want %d %q", response.Code, response.Body.String(), status, body)
	}
}

func expectHeader(t *testing.T, response *httptest.ResponseRecorder, name, value string) {
	t.Helper()
	if found := response.Header().Get(name); found != value {
		t.Errorf("%s is %q, want %q", name, found, value)
	}
}

func TestPages(t *testing.T) {
	site := server(t, static.Settings{Base: "/"})
	expect(t, get(site, "/"), 200, "<h1>Home</h1>")
	expect(t, get(site, "/about"), 200, "<h1>About</h1>")
	expect(t, get(site, "/docs/"), 200, "<h1>Docs</h1>")
	expectHeader(t, get(site, "/docs?x=1"), "Location", "/docs/?x=1")
	expectHeader(t, get(site, "/"), "Cache-Control", "no-cache")
	expectHeader(t, get(site, "/"), "X-Content-Type-Options", "nosniff")
	expect(t, get(site, "/health"), 200, `{"status":"ok"}`)
}

func TestNothingElseIsServed(t *testing.T) {
	site := server(t, static.Settings{Base: "/"})
	for _, path := range []string{"/none", "/assets/", "/../secret", "/assets/../../secret", "//etc/passwd", "/br/assets/app-D1wr4.js", "/env.json", "/index.json"} {
		expect(t, get(site, path), 404, "<h1>Gone</h1>")
	}
	response := do(site, http.MethodPost, "/")
	expectHeader(t, response, "Allow", "GET, HEAD")
	if response.Code != 405 {
		t.Errorf("POST got %d", response.Code)
	}
}

func TestEncodings(t *testing.T) {
	site, path := server(t, static.Settings{Base: "/"}), "/assets/app-D1wr4.js"
	expect(t, get(site, path), 200, "let app = 1")
	expect(t, get(site, path, "Accept-Encoding", "gzip, br"), 200, "BR")
	expect(t, get(site, path, "Accept-Encoding", "gzip, br;q=0"), 200, "GZIP")
	expect(t, get(site, path, "Accept-Encoding", "*;q=0, identity"), 200, "let app = 1")
	packed := get(site, path, "Accept-Encoding", "br")
	expectHeader(t, packed, "Content-Encoding", "br")
	expectHeader(t, packed, "Vary", "Accept-Encoding")
	expectHeader(t, packed, "Content-Length", "2")
	expectHeader(t, packed, "Cache-Control", "public, max-age=31536000, immutable")
	expectHeader(t, get(site, path), "Vary", "Accept-Encoding")
}

func TestConditionsAndRanges(t *testing.T) {
	site, path := server(t, static.Settings{Base: "/"}), "/assets/app-D1wr4.js"
	expectHeader(t, get(site, path), "ETag", `"a5"`)
	expect(t, get(site, path, "If-None-Match", `"a5"`), 304, "")
	expect(t, get(site, path, "If-None-Match", `"a5"`, "Accept-Encoding", "br"), 200, "BR")
	expect(t, get(site, path, "Range", "bytes=4-6", "Accept-Encoding", "br"), 206, "app")
	expect(t, do(site, http.MethodHead, path), 200, "")
	expectHeader(t, do(site, http.MethodHead, path), "Content-Length", "11")
}

func TestSinglePage(t *testing.T) {
	site := server(t, static.Settings{Base: "/shop/", Spa: true, Env: []string{"PUBLIC_API", "PUBLIC_NONE"}, Headers: map[string]string{"x-frame-options": "", "X-Team": "web"}})
	expect(t, get(site, "/shop/cart/7", "Accept", "text/html"), 200, "<h1>Home</h1>")
	expect(t, get(site, "/shop/assets/none.js"), 404, "<h1>Gone</h1>")
	expect(t, get(site, "/shop/cart", "Accept", "application/json"), 404, "<h1>Gone</h1>")
	expect(t, get(site, "/cart"), 404, "<h1>Gone</h1>")
	expectHeader(t, get(site, "/shop"), "Location", "/shop/")
	expect(t, get(site, "/shop/env.json"), 200, `{"PUBLIC_API":"https://api.example"}`)
	expectHeader(t, get(site, "/shop/"), "X-Frame-Options", "")
	expectHeader(t, get(site, "/shop/"), "X-Team", "web")
}

func TestLog(t *testing.T) {
	var lines bytes.Buffer
	site := logged(server(t, static.Settings{Base: "/"}), &lines)
	get(site, "/health")
	get(site, "/none")
	if text := lines.String(); !strings.Contains(text, `"path":"/none","status":404`) || strings.Contains(text, "health") {
		t.Errorf("logged %s", text)
	}
}
