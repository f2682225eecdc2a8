import "server-only";

export { type FolderTemplates, folderTemplatesFor, templatesFolder } from "./folder";
