/** The end of a script that has made $out/layer.tar: compresses it and writes its digests and sizes beside it. */
export const sealLayer = `hash() { sha256sum < "$1" | cut -d ' ' -f 1; }
size() { wc -c < "$1" | tr -d ' '; }
echo "sha256:$(hash "$out/layer.tar")" > "$out/diff-id"
size "$out/layer.tar" > "$out/uncompressed"
gzip -n -6 "$out/layer.tar"
echo "sha256:$(hash "$out/layer.tar.gz")" > "$out/digest"
size "$out/layer.tar.gz" > "$out/compressed"
`
