package main

import (
	"path"
	"regexp"
	"strings"
)

// A fixed table: what the machine that builds knows of types cannot reach the image.
var types = map[string]string{
	".avif": "image/avif", ".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".gif": "image/gif", ".htm": "text/html; charset=utf-8", ".html": "text/html; charset=utf-8",
	".ico": "image/x-icon", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
	".js": "text/javascript; charset=utf-8", ".json": "application/json", ".map": "application/json",
	".md": "text/markdown; charset=utf-8", ".mjs": "text/javascript; charset=utf-8", ".mp3": "audio/mpeg",
	".mp4": "video/mp4", ".ogg": "audio/ogg", ".otf": "font/otf", ".pdf": "application/pdf",
	".png": "image/png", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".txt": "text/plain; charset=utf-8",
	".wasm": "application/wasm", ".webm": "video/webm", ".webmanifest": "application/manifest+json",
	".webp": "image/webp", ".woff": "font/woff", ".woff2": "font/woff2", ".xml": "application/xml",
	".yaml": "application/yaml", ".yml": "application/yaml", ".zip": "application/zip",
}

func typeOf(name string) string {
	if found, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return found
	}
	return "application/octet-stream"
}

func isText(mediaType string) bool {
	for _, part := range []string{"text/", "json", "xml", "javascript", "wasm", "yaml", "font/otf", "font/ttf", "x-icon"} {
		if strings.Contains(mediaType, part) {
			return true
		}
	}
	return false
}

var hashPart = regexp.MustCompile(`[.-]([A-Za-z0-9_-]{8,})(\.[a-z0-9]+)+$`)

// isHashed tells names that bundlers make of the content: index-DiwrgTda.js, main.3f2a9c1b.css.
func isHashed(name string) bool {
	base := path.Base(name)
	found := hashPart.FindStringSubmatch(base)
	if found == nil || strings.HasSuffix(base, ".html") {
		return false
	}
	hash := found[1]
	if at := strings.LastIndexAny(hash[:len(hash)-7], "-"); at >= 0 {
		hash = hash[at+1:]
	}
	hasDigit := strings.ContainsAny(hash, "0123456789")
	isMixed := hash != strings.ToLower(hash) && hash != strings.ToUpper(hash)
	return hasDigit || isMixed
}
