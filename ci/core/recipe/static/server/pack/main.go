// Pack writes a folder as a site: each file as it is and compressed, and an index of all.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/andybalholm/brotli"
	"slipway.local/static"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: pack FOLDER OUT SETTINGS")
		os.Exit(2)
	}
	if err := pack(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func pack(folder, out, settings string) error {
	site := static.Site{Files: map[string]*static.File{}}
	if err := json.Unmarshal([]byte(settings), &site.Settings); err != nil {
		return err
	}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == folder {
			return err
		}
		if isHidden(entry.Name()) {
			if entry.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if entry.IsDir() {
			return nil
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		site.Files[name], err = packFile(out, name, content)
		return err
	})
	if err != nil {
		return err
	}
	if site.Files["index.html"] == nil {
		return fmt.Errorf("there is no index.html in %s", folder)
	}
	index, err := json.Marshal(site)
	if err != nil {
		return err
	}
	return write(filepath.Join(out, "index.json"), index)
}

func isHidden(name string) bool {
	return name == "node_modules" || (strings.HasPrefix(name, ".") && name != ".well-known")
}

func packFile(out, name string, content []byte) (*static.File, error) {
	sum := sha256.Sum256(content)
	file := &static.File{Type: typeOf(name), Hash: hex.EncodeToString(sum[:]), Immutable: isHashed(name)}
	if err := write(filepath.Join(out, "files", name), content); err != nil {
		return nil, err
	}
	if !isText(file.Type) || len(content) < 256 {
		return file, nil
	}
	for _, encoding := range []string{"br", "gzip"} {
		packed, err := compress(encoding, content)
		if err != nil {
			return nil, err
		}
		if len(packed) > len(content)*9/10 {
			continue
		}
		if err := write(filepath.Join(out, encoding, name), packed); err != nil {
			return nil, err
		}
		file.Encodings = append(file.Encodings, encoding)
	}
	return file, nil
}

func compress(encoding string, content []byte) ([]byte, error) {
	var packed bytes.Buffer
	var writer io.WriteCloser = brotli.NewWriterLevel(&packed, brotli.BestCompression)
	if encoding == "gzip" {
		writer, _ = gzip.NewWriterLevel(&packed, gzip.BestCompression)
	}
	if _, err := writer.Write(content); err != nil {
		return nil, err
	}
	err := writer.Close()
	return packed.Bytes(), err
}

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
