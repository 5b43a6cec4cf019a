// Package httplog logs HTTP requests as lines of JSON, each with the id that follows a request through the services.
package httplog

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// Header carries a request's id from service to service.
const Header = "X-Request-Id"

type idKey struct{}

// New gives a logger that writes lines of JSON. Lines that are logged with a request's context have its id.
func New(logs io.Writer, level slog.Level) *slog.Logger {
	return slog.New(withID{slog.NewJSONHandler(logs, &slog.HandlerOptions{Level: level})})
}

// ID is the id of the request that this context belongs to; empty outside of one.
func ID(ctx context.Context) string {
	id, _ := ctx.Value(idKey{}).(string)
	return id
}

// Requests gives each request an id, the caller's where it has a sound one, and logs the request after its answer;
// health checks only at debug level.
func Requests(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		r = r.WithContext(context.WithValue(r.Context(), idKey{}, requestID(r.Header.Get(Header))))
		answer := &answer{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(answer, r)

		level := slog.LevelInfo
		if r.URL.Path == "/health" {
			level = slog.LevelDebug
		}
		log.Log(r.Context(), level, "request",
			"method", r.Method,
			"path", r.URL.Path,
			"status", answer.status,
			"bytes", answer.bytes,
			"milliseconds", float64(time.Since(start).Microseconds())/1000,
		)
	})
}

// withID adds the request's id to every line.
type withID struct{ slog.Handler }

func (h withID) Handle(ctx context.Context, record slog.Record) error {
	if id := ID(ctx); id != "" {
		record.AddAttrs(slog.String("requestId", id))
	}
	return h.Handler.Handle(ctx, record)
}

func (h withID) WithAttrs(attrs []slog.Attr) slog.Handler { return withID{h.Handler.WithAttrs(attrs)} }

func (h withID) WithGroup(name string) slog.Handler { return withID{h.Handler.WithGroup(name)} }
