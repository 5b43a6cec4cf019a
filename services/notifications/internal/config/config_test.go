package config

import (
	"log/slog"
	"strings"
	"testing"
)

func read(variables map[string]string) (Config, error) {
	return Read(func(name string) string { return variables[name] })
}

func TestDefaults(t *testing.T) {
	got, err := read(nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Config{Port: 8080, LogLevel: slog.LevelInfo}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestVariablesAreTaken(t *testing.T) {
	got, err := read(map[string]string{"PORT": "9000", "LOG_LEVEL": "debug"})
	if err != nil {
		t.Fatal(err)
	}
	if want := (Config{Port: 9000, LogLevel: slog.LevelDebug}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestEveryProblemIsNamed(t *testing.T) {
	_, err := read(map[string]string{"PORT": "70000", "LOG_LEVEL": "loud"})
	if err == nil {
		t.Fatal("no error")
	}
	for _, name := range []string{"PORT", "70000", "LOG_LEVEL", "loud"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q does not name %s", err, name)
		}
	}
}
