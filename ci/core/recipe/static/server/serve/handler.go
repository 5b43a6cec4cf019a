package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"slipway.local/static"
)

var defaultHeaders = map[string]string{
	"X-Content-Type-Options": "nosniff",
	"X-Frame-Options":        "SAMEORIGIN",
	"Referrer-Policy":        "strict-origin-when-cross-origin",
}

type handler struct {
	folder  string
	site    *static.Site
	headers map[string]string
	env     []byte
}

// newHandler serves a site. A path of a request is only ever looked up in the index, so none can lead out of the folder.
func newHandler(folder string, site *static.Site, lookup func(string) (string, bool)) http.Handler {
	headers := map[string]string{}
	for _, some := range []map[string]string{defaultHeaders, site.Settings.Headers} {
		for name, value := range some {
			headers[http.CanonicalHeaderKey(name)] = value
		}
	}
	return &handler{folder, site, headers, environment(site.Settings.Env, lookup)}
}

func environment(names []string, lookup func(string) (string, bool)) []byte {
	if len(names) == 0 {
		return nil
	}
	values := map[string]string{}
	for _, name := range names {
		if value, ok := lookup(name); ok {
			values[name] = value
		}
	}
	text, _ := json.Marshal(values)
	return text
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for name, value := range h.headers {
		if value != "" {
			w.Header().Set(name, value)
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == "/health" {
		text(w, "application/json", `{"status":"ok"}`)
		return
	}
	base := h.site.Settings.Base
	if r.URL.Path+"/" == base {
		redirect(w, r, base)
		return
	}
	name, isBelow := strings.CutPrefix(r.URL.Path, base)
	if !isBelow {
		h.notFound(w, r)
		return
	}
	if name == "env.json" && h.env != nil {
		w.Header().Set("Cache-Control", "no-store")
		text(w, "application/json", string(h.env))
		return
	}
	h.page(w, r, name)
}

// page serves a file, a folder's index.html, or a page whose address leaves .html away.
func (h *handler) page(w http.ResponseWriter, r *http.Request, name string) {
	files := h.site.Files
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	switch {
	case files[name] != nil:
		h.file(w, r, name)
	case files[name+".html"] != nil:
		h.file(w, r, name+".html")
	case files[name+"/index.html"] != nil:
		redirect(w, r, h.site.Settings.Base+name+"/")
	case h.site.Settings.Spa && isAddress(r, name):
		h.file(w, r, "index.html")
	default:
		h.notFound(w, r)
	}
}

// isAddress tells addresses of a page's own routes from missing files.
func isAddress(r *http.Request, name string) bool {
	last := path.Base(strings.TrimSuffix(name, "/index.html"))
	accept := r.Header.Get("Accept")
	isPage := accept == "" || strings.Contains(accept, "text/html") || strings.Contains(accept, "*/*")
	return path.Ext(last) == "" && isPage
}

func (h *handler) file(w http.ResponseWriter, r *http.Request, name string) {
	file := h.site.Files[name]
	stored, tag := "files", file.Hash
	if len(file.Encodings) > 0 {
		w.Header().Set("Vary", "Accept-Encoding")
	}
	if encoding := choose(file.Encodings, r); encoding != "" {
		w.Header().Set("Content-Encoding", encoding)
		stored, tag = encoding, file.Hash+"-"+encoding
	}
	content, err := os.Open(filepath.Join(h.folder, stored, filepath.FromSlash(name)))
	if err != nil {
		w.Header().Del("Content-Encoding")
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	defer content.Close()
	setDefault(w, "Cache-Control", cacheControl(file))
	w.Header().Set("Content-Type", file.Type)
	w.Header().Set("ETag", strconv.Quote(tag))
	if encoding := w.Header().Get("Content-Encoding"); encoding != "" {
		if size, err := content.Stat(); err == nil {
			w.Header().Set("Content-Length", strconv.FormatInt(size.Size(), 10))
		}
	}
	http.ServeContent(w, r, name, time.Time{}, content)
}

func cacheControl(file *static.File) string {
	if file.Immutable {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

// choose picks the smallest stored encoding that a request takes; parts of a file are parts of the file as it is.
func choose(encodings []string, r *http.Request) string {
	if r.Header.Get("Range") != "" {
		return ""
	}
	accepted := map[string]bool{}
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";q=")
		weight, err := strconv.ParseFloat(quality, 64)
		accepted[strings.ToLower(name)] = quality == "" || (err == nil && weight > 0)
	}
	for _, encoding := range encodings {
		if isNamed, ok := accepted[encoding]; isNamed || (!ok && accepted["*"]) {
			return encoding
		}
	}
	return ""
}

func (h *handler) notFound(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if file := h.site.Files["404.html"]; file != nil {
		if content, err := os.ReadFile(filepath.Join(h.folder, "files", "404.html")); err == nil {
			w.Header().Set("Content-Type", file.Type)
			w.WriteHeader(http.StatusNotFound)
			if r.Method == http.MethodGet {
				_, _ = w.Write(content)
			}
			return
		}
	}
	http.Error(w, "not found", http.StatusNotFound)
}

func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	// One slash in front: two would name another host.
	w.Header().Set("Location", "/"+strings.TrimLeft(to, "/"))
	w.WriteHeader(http.StatusMovedPermanently)
}

func text(w http.ResponseWriter, mediaType, content string) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	setDefault(w, "Cache-Control", "no-store")
	_, _ = w.Write([]byte(content))
}

func setDefault(w http.ResponseWriter, name, value string) {
	if w.Header().Get(name) == "" {
		w.Header().Set(name, value)
	}
}
