package httplog

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// line is what one request leaves in the log.
type line struct {
	Msg, RequestID, Method, Path string
	Status, Bytes                int
}

func ask(t *testing.T, path, id string, handler http.HandlerFunc) []line {
	t.Helper()
	var logs bytes.Buffer
	request := httptest.NewRequest("GET", path, nil)
	request.Header.Set(Header, id)
	log := New(&logs, slog.LevelInfo)
	Requests(log, handler).ServeHTTP(httptest.NewRecorder(), request)

	var lines []line
	for decoder := json.NewDecoder(&logs); decoder.More(); {
		var l line
		if err := decoder.Decode(&l); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l)
	}
	return lines
}

func TestARequestIsOneLineWithItsID(t *testing.T) {
	got := ask(t, "/kraken", "r-1", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, "none")
	})
	want := line{Msg: "request", RequestID: "r-1", Method: "GET", Path: "/kraken", Status: 404, Bytes: 4}
	if len(got) != 1 || got[0] != want {
		t.Errorf("logged %+v, want %+v", got, want)
	}
}

func TestAnAnswerWithoutAStatusIsOK(t *testing.T) {
	got := ask(t, "/", "r-1", func(http.ResponseWriter, *http.Request) {})
	if len(got) != 1 || got[0].Status != http.StatusOK {
		t.Errorf("logged %+v", got)
	}
}

func TestAnIDThatCouldForgeALineIsReplaced(t *testing.T) {
	for _, id := range []string{"", "a\n{}", strings.Repeat("x", 65)} {
		var seen string
		got := ask(t, "/", id, func(_ http.ResponseWriter, r *http.Request) { seen = ID(r.Context()) })
		if len(got) != 1 || got[0].RequestID != seen || !soundID.MatchString(seen) || seen == id {
			t.Errorf("id %q became %q, logged %+v", id, seen, got)
		}
	}
}

func TestHealthChecksDoNotFillTheLog(t *testing.T) {
	if got := ask(t, "/health", "r-1", func(http.ResponseWriter, *http.Request) {}); len(got) > 0 {
		t.Errorf("logged %+v", got)
	}
}

func TestWhatARequestLogsHasItsIDToo(t *testing.T) {
	var logs bytes.Buffer
	log := New(&logs, slog.LevelInfo).With("part", "a")
	request := httptest.NewRequest("GET", "/", nil)
	request.Header.Set(Header, "r-2")
	Requests(slog.New(slog.DiscardHandler), http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		log.InfoContext(r.Context(), "inside")
	})).ServeHTTP(httptest.NewRecorder(), request)
	if !strings.Contains(logs.String(), `"requestId":"r-2"`) {
		t.Errorf("logged %s", logs.String())
	}
}
