/** `alertmanager 0.28` of `alertmanager@0.28`. */
export function profileName(id: string): string {
  return id.replace("@", " ");
}
