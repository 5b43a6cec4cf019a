package main

import (
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"time"
)

type entry struct {
	Time   string  `json:"time"`
	Level  string  `json:"level"`
	Method string  `json:"method"`
	Path   string  `json:"path"`
	Status int     `json:"status"`
	Bytes  int64   `json:"bytes"`
	Millis float64 `json:"ms"`
}

type counted struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (c *counted) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counted) Write(content []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	written, err := c.ResponseWriter.Write(content)
	c.bytes += int64(written)
	return written, err
}

// logged writes one line of JSON for each request but those for the health.
func logged(next http.Handler, out io.Writer) http.Handler {
	var lines sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		response := &counted{ResponseWriter: w}
		next.ServeHTTP(response, r)
		if r.URL.Path == "/health" {
			return
		}
		line, err := json.Marshal(entry{
			Time:   start.UTC().Format(time.RFC3339Nano),
			Level:  "info",
			Method: r.Method,
			Path:   r.URL.Path,
			Status: response.status,
			Bytes:  response.bytes,
			Millis: float64(time.Since(start).Microseconds()) / 1000,
		})
		if err != nil {
			return
		}
		lines.Lock()
		defer lines.Unlock()
		_, _ = out.Write(append(line, '\n'))
	})
}
