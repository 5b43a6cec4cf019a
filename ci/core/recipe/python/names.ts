/** A distribution's name as indexes compare it (PyPA specification "Names and normalization"). */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-")
}
