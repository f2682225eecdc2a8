import type { EditorState } from "../editor/document-store";

export function routeOf({ document }: EditorState) {
  return document.config.route;
}
