import { sealLayer } from "./seal-layer.js"

/**
 * Makes one layer: `sh layer.sh FOLDER OUT` writes OUT/layer.tar.gz and, as one line each, OUT/diff-id, OUT/digest
 * (both as sha256:…), OUT/uncompressed and OUT/compressed (bytes). Runs for each layer on its own, so that a layer
 * that many images share is made once.
 *
 * Only names, contents, links and executable bits reach the bytes: order, times, owners, umask and set-id bits do not.
 * A file with two names is stored twice, since whether names share an inode depends on how the folder was copied.
 * Folders that everyone may write to with the sticky bit, such as /tmp, keep mode 1777.
 */
export const layerScript = `set -eu
export LC_ALL=C TZ=UTC
folder=$1
out=$2
mkdir -p "$out"
tree="--format=gnu --null --no-recursion --files-from=- --mtime=@0 --owner=0 --group=0 --numeric-owner --hard-dereference"
sticky="-type d -perm -1002"

cd "$folder"
find . -mindepth 1 ! \\( $sticky \\) -print0 | sort -z |
  tar --create --file="$out/layer.tar" $tree --mode=a=rX,u+w --transform='s,^\\./,,S' --no-xattrs
find . -mindepth 1 $sticky -print0 | sort -z |
  tar --append --file="$out/layer.tar" $tree --mode=1777 --transform='s,^\\./,,S' --no-xattrs

${sealLayer}`
