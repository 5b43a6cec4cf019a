package httplog

import (
	"crypto/rand"
	"regexp"
)

// What may stand in a log as a caller's id: nothing long, and nothing that looks like another line.
var soundID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func requestID(given string) string {
	if soundID.MatchString(given) {
		return given
	}
	return rand.Text()
}
