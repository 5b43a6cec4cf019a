// Package config turns environment variables into the service's settings.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"strconv"
)

// Config is what the service can be told from outside.
type Config struct {
	// Port to listen on, 1 to 65535.
	Port int
	// LogLevel below which nothing is logged.
	LogLevel slog.Level
}

// Read takes the settings from getenv; an unset or empty variable means its default.
// The error names every variable that is wrong, not only the first.
func Read(getenv func(string) string) (Config, error) {
	cfg := Config{Port: 8080, LogLevel: slog.LevelInfo}
	var problems []error

	if text := getenv("PORT"); text != "" {
		port, err := strconv.Atoi(text)
		if err != nil || port < 1 || port > 65535 {
			problems = append(problems, fmt.Errorf("PORT: %q is not a port number from 1 to 65535", text))
		}
		cfg.Port = port
	}
	if text := getenv("LOG_LEVEL"); text != "" {
		if err := cfg.LogLevel.UnmarshalText([]byte(text)); err != nil {
			problems = append(problems, fmt.Errorf("LOG_LEVEL: %q is not one of debug, info, warn, error", text))
		}
	}

	if len(problems) > 0 {
		return Config{}, errors.Join(problems...)
	}
	return cfg, nil
}
