/**
 * Makes an image of layers: `sh image.sh LAYERS CONFIG OUT`, where LAYERS/0, LAYERS/1 … are outputs of the layer
 * script, the lowest first, and CONFIG is the text of `configTemplate`. Writes OUT/image.tar, an OCI layout with one
 * image, and OUT/image.json: {digest, manifestBytes, compressedBytes, uncompressedBytes, layers: [{digest, diffId, …}]}.
 */
export const imageScript = `set -eu
export LC_ALL=C TZ=UTC
umask 022
layers=$1
template=$2
out=$3
layout=$out/layout
blobs=$layout/blobs/sha256
mkdir -p "$blobs"

hash() { sha256sum < "$1" | cut -d ' ' -f 1; }
size() { wc -c < "$1" | tr -d ' '; }
type=application/vnd.oci.image

index=0
diff_ids= descriptors= summaries= comma=
compressed=0
uncompressed=0
while [ -d "$layers/$index" ]; do
  layer=$layers/$index
  digest=$(cat "$layer/digest")
  diff_id=$(cat "$layer/diff-id")
  packed=$(cat "$layer/compressed")
  full=$(cat "$layer/uncompressed")
  cp "$layer/layer.tar.gz" "$blobs/\${digest#sha256:}"
  diff_ids="$diff_ids$comma\\"$diff_id\\""
  descriptors="$descriptors$comma{\\"mediaType\\":\\"$type.layer.v1.tar+gzip\\",\\"digest\\":\\"$digest\\",\\"size\\":$packed}"
  summaries="$summaries$comma{\\"digest\\":\\"$digest\\",\\"diffId\\":\\"$diff_id\\",\\"compressedBytes\\":$packed,\\"uncompressedBytes\\":$full}"
  compressed=$((compressed + packed))
  uncompressed=$((uncompressed + full))
  comma=,
  index=$((index + 1))
done

sed "s|\\"rootfs\\":{\\"diff_ids\\":\\"@DIFF_IDS@\\"|\\"rootfs\\":{\\"diff_ids\\":[$diff_ids]|" "$template" > "$out/config"
config=$(hash "$out/config")
config_size=$(size "$out/config")
mv "$out/config" "$blobs/$config"

printf '{"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s","digest":"sha256:%s","size":%s},"layers":[%s],"annotations":{"dev.slipway.uncompressed-bytes":"%s"}}' \\
  "$type.manifest.v1+json" "$type.config.v1+json" "$config" "$config_size" "$descriptors" "$uncompressed" > "$out/manifest"
manifest=$(hash "$out/manifest")
manifest_size=$(size "$out/manifest")
mv "$out/manifest" "$blobs/$manifest"

printf '{"imageLayoutVersion":"1.0.0"}' > "$layout/oci-layout"
printf '{"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"%s","digest":"sha256:%s","size":%s}]}' \\
  "$type.index.v1+json" "$type.manifest.v1+json" "$manifest" "$manifest_size" > "$layout/index.json"

tar --create --file="$out/image.tar" --directory="$layout" --format=gnu --sort=name --mtime=@0 --owner=0 --group=0 \\
  --numeric-owner --mode=a=rX,u+w blobs index.json oci-layout
rm -rf "$layout"
printf '{"digest":"sha256:%s","manifestBytes":%s,"compressedBytes":%s,"uncompressedBytes":%s,"layers":[%s]}\\n' \\
  "$manifest" "$manifest_size" "$compressed" "$uncompressed" "$summaries" > "$out/image.json"
`
