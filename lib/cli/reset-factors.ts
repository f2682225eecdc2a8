import { resetFactors } from "@/lib/tenancy";
import { withRunningDatabase } from "./open-database";

const HELP = `usage: signalbox reset-factors EMAIL

Takes away the second factors and recovery codes of somebody who lost theirs, and ends all their sessions.
They sign in without them until they set up new ones; the password stays.
`;

export async function run(argv: string[]): Promise<number> {
  const [email] = argv;
  if (!email || argv.length > 1 || email.startsWith("-")) {
    process.stdout.write(HELP);
    return email === "--help" ? 0 : 2;
  }
  await withRunningDatabase(() => resetFactors(email));
  process.stdout.write(`${email} has no second factor any more.\n`);
  return 0;
}
