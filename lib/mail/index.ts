import "server-only";

export { type Mail, mailConfigured, sendMail } from "./send-mail";
