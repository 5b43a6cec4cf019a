/** The uv that installs and builds. */
export const uvVersion = "0"

/**
 * What packages of a repository are built with: the usual build backends and all that they need, each with the
 * beginning of its version. Others are pinned by the service itself.
 */
export const buildBackends: Readonly<Record<string, string>> = {
  cffi: "2",
  cython: "3",
  "flit-core": "3",
  "hatch-vcs": "0",
  hatchling: "1",
  packaging: "26",
  pathspec: "1",
  "pdm-backend": "2",
  pluggy: "1",
  "poetry-core": "2",
  pybind11: "3",
  pycparser: "3",
  setuptools: "80",
  "setuptools-scm": "10",
  tomlkit: "0",
  "trove-classifiers": "2026",
  "uv-build": "0",
  "vcs-versioning": "2",
  wheel: "0",
}
