package httplog

import "net/http"

// answer counts what passes through a ResponseWriter.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(body []byte) (int, error) {
	n, err := a.ResponseWriter.Write(body)
	a.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach what the wrapped writer can do.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
