// Package static is a folder of files that are served over HTTP exactly as they were packed.
package static

// Site is what a server serves: written by pack, read by serve.
type Site struct {
	Settings Settings         `json:"settings"`
	Files    map[string]*File `json:"files"`
}

// Settings are those of a service.yaml.
type Settings struct {
	// Spa answers a page's unknown addresses with index.html.
	Spa bool `json:"spa"`
	// Base is the path below which everything is served; it begins and ends with a slash.
	Base string `json:"base"`
	// Headers are added to every response; an empty value takes a default away.
	Headers map[string]string `json:"headers"`
	// Env names the variables that env.json tells to the page.
	Env []string `json:"env"`
}

// File is one file by its path, such as assets/app.js.
type File struct {
	Type string `json:"type"`
	// Hash is the sha256 of the content, in hexadecimal digits.
	Hash string `json:"hash"`
	// Immutable says that the name changes with the content.
	Immutable bool `json:"immutable,omitempty"`
	// Encodings are those in which the file is stored beside itself, the smallest first.
	Encodings []string `json:"encodings,omitempty"`
}
