/** `alertmanager 0.28` of `alertmanager@0.28`; with what is injected: `alertmanager 0.28 {namespace="shop"}`. */
export function profileName(id: string): string {
  return id.replace("@", " ").replace("{", " {");
}
