package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"slipway.local/static"
)

func TestPack(t *testing.T) {
	folder, out := t.TempDir(), t.TempDir()
	for path, content := range map[string]string{
		"index.html":               strings.Repeat("<p>Hello</p>", 100),
		"assets/index-DiwrgTda.js": "let a = 1",
		".env":                     "SECRET=1",
		".well-known/security.txt": "Contact: mailto:a@example.com",
	} {
		if err := write(filepath.Join(folder, path), []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := pack(folder, out, `{"base":"/"}`); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(out, "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var site static.Site
	if err := json.Unmarshal(text, &site); err != nil {
		t.Fatal(err)
	}
	if len(site.Files) != 3 || site.Files[".env"] != nil {
		t.Errorf("packed %v", site.Files)
	}
	page := site.Files["index.html"]
	if strings.Join(page.Encodings, " ") != "br gzip" || page.Immutable || page.Type != "text/html; charset=utf-8" {
		t.Errorf("index.html is %+v", page)
	}
	script := site.Files["assets/index-DiwrgTda.js"]
	if len(script.Encodings) != 0 || !script.Immutable {
		t.Errorf("the script is %+v", script)
	}
}

func TestPackNeedsAPage(t *testing.T) {
	if err := pack(t.TempDir(), t.TempDir(), "{}"); err == nil {
		t.Error("an empty folder was packed")
	}
}

func TestHashedNames(t *testing.T) {
	for name, want := range map[string]bool{
		"index-DiwrgTda.js": true, "main.3f2a9c1b.css": true, "a/b-x_Yz01-9.js.map": true,
		"jquery-migrate.js": false, "my-component.js": false, "index.html": false, "page-3f2a9c1b.html": false,
		"logo.svg": false, "service-worker.js": false,
	} {
		if isHashed(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}
