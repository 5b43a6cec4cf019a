package server

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/shop/catalog/internal/catalog"
	"example.com/shop/httplog"
)

const rope = `{"id":"rope","name":"Rope","description":"Long.","category":"Rigging","price":{"amount":4250,"currency":"EUR"}}`

func ask(t *testing.T, logs io.Writer, method, path string) *httptest.ResponseRecorder {
	t.Helper()
	products, err := catalog.Parse([]byte("[" + rope + "]"))
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(method, path, nil)
	request.Header.Set("X-Request-Id", "r-1")
	recorder := httptest.NewRecorder()
	New(products, httplog.New(logs, slog.LevelInfo)).ServeHTTP(recorder, request)
	return recorder
}

func TestAnswers(t *testing.T) {
	cases := map[string]struct {
		method, path string
		status       int
		body         string
	}{
		"health":          {"GET", "/health", 200, `{"status":"ok"}`},
		"all products":    {"GET", "/products", 200, `{"products":[` + rope + `]}`},
		"one product":     {"GET", "/products/rope", 200, rope},
		"unknown product": {"GET", "/products/kraken", 404, `{"error":"not_found","message":"there is no product with this id"}`},
		"unknown path":    {"GET", "/elsewhere", 404, `{"error":"not_found","message":"there is nothing at this path"}`},
		"wrong method":    {"POST", "/products", 405, `{"error":"method_not_allowed","message":"only GET is answered here"}`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			res := ask(t, io.Discard, c.method, c.path)
			if res.Code != c.status {
				t.Errorf("status = %d, want %d", res.Code, c.status)
			}
			if got := strings.TrimSpace(res.Body.String()); got != c.body {
				t.Errorf("body = %s, want %s", got, c.body)
			}
			if got := res.Header().Get("Content-Type"); got != "application/json; charset=utf-8" {
				t.Errorf("content type = %q", got)
			}
		})
	}
}

func TestARequestIsLoggedWithItsID(t *testing.T) {
	var logs bytes.Buffer
	ask(t, &logs, "GET", "/products/kraken")

	var line struct {
		RequestID, Path string
		Status          int
	}
	if err := json.Unmarshal(logs.Bytes(), &line); err != nil {
		t.Fatalf("%v in %q", err, logs.String())
	}
	if line.RequestID != "r-1" || line.Path != "/products/kraken" || line.Status != http.StatusNotFound {
		t.Errorf("logged %+v", line)
	}
}
