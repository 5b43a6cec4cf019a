import { sealLayer } from "./seal-layer.js"

/**
 * Makes one layer as the layer script does, of a file system that is wanted as it is: owners, groups and all modes are
 * kept, since a Dockerfile may have set them. Order, times and extended attributes do not reach the bytes.
 */
export const exactLayerScript = `set -eu
export LC_ALL=C TZ=UTC
folder=$1
out=$2
mkdir -p "$out"

cd "$folder"
find . -mindepth 1 ! -type s -print0 | sort -z |
  tar --create --file="$out/layer.tar" --format=gnu --null --no-recursion --files-from=- --mtime=@0 --numeric-owner \\
    --hard-dereference --transform='s,^\\./,,S' --no-xattrs

${sealLayer}`
