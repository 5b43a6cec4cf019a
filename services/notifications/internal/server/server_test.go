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
	"time"

	"example.com/shop/httplog"
	"example.com/shop/notifications/internal/outbox"
)

const order = `{"id":"A-1","placedAt":"2026-01-02T03:04:05Z","customer":{"name":"Ada","email":"ada@example.com"},
	"lines":[{"productId":"rope","name":"Rope","quantity":2,"total":{"amount":8500,"currency":"EUR"}}],
	"totals":{"total":{"amount":8500,"currency":"EUR"}}}`

func newServer(logs io.Writer) http.Handler {
	return New(outbox.New(9, time.Now), httplog.New(logs, slog.LevelInfo))
}

func ask(handler http.Handler, method, path, body string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(method, path, strings.NewReader(body)))
	return recorder
}

func TestAnOrderIsToldAndItsMessageFound(t *testing.T) {
	var logs bytes.Buffer
	handler := newServer(&logs)
	told := ask(handler, "POST", "/notifications", order)
	if told.Code != http.StatusCreated {
		t.Fatalf("status = %d, %s", told.Code, told.Body)
	}
	found := ask(handler, "GET", "/notifications?order=A-1", "")
	if want := `{"notifications":[` + strings.TrimSpace(told.Body.String()) + "]}"; strings.TrimSpace(found.Body.String()) != want {
		t.Errorf("found %s, want %s", found.Body, want)
	}
	if !strings.Contains(logs.String(), `"msg":"sent"`) || strings.Contains(logs.String(), "ada@example.com") {
		t.Errorf("logged %s", logs.String())
	}
}

func TestAnswers(t *testing.T) {
	cases := map[string]struct {
		method, path, body string
		status             int
		error              string
	}{
		"health":        {"GET", "/health", "", 200, ""},
		"none yet":      {"GET", "/notifications?order=B-2", "", 200, ""},
		"no JSON":       {"POST", "/notifications", "{", 400, "bad_request"},
		"no order":      {"POST", "/notifications", "{}", 400, "bad_request"},
		"too much":      {"POST", "/notifications", `{"id":"` + strings.Repeat("x", maxBody) + `"}`, 400, "bad_request"},
		"unknown path":  {"GET", "/elsewhere", "", 404, "not_found"},
		"unknown order": {"GET", "/notifications", "", 200, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			answer := ask(newServer(io.Discard), c.method, c.path, c.body)
			var problem errorBody
			if err := json.Unmarshal(answer.Body.Bytes(), &problem); err != nil {
				t.Fatalf("%v in %q", err, answer.Body)
			}
			if answer.Code != c.status || problem.Error != c.error {
				t.Errorf("%d %+v, want %d %q", answer.Code, problem, c.status, c.error)
			}
		})
	}
}
