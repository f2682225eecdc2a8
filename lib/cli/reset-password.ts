import { resetPassword } from "@/lib/tenancy";
import { withRunningDatabase } from "./open-database";

const HELP = `usage: signalbox reset-password EMAIL

Ends the person's password and all their sessions, and prints a link that signs them in once.
`;

export async function run(argv: string[]): Promise<number> {
  const [email] = argv;
  if (!email || argv.length > 1 || email.startsWith("-")) {
    process.stdout.write(HELP);
    return email === "--help" ? 0 : 2;
  }
  const { link, expiresAt } = await withRunningDatabase(() => resetPassword(email));
  process.stdout.write(`${link}\n`);
  process.stderr.write(`Works once, until ${expiresAt.toISOString()}.\n`);
  return 0;
}
