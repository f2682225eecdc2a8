/** "Équipe Réseau 2" → `equipe-reseau-2`; what the reader types afterwards wins. */
export function slugOf(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[-\d]+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}
