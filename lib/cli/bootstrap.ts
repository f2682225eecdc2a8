import { bootstrap } from "@/lib/tenancy";
import { withRunningDatabase } from "./open-database";

const HELP = `usage: signalbox bootstrap

On a new installation, makes the first admin and the demo tenant and prints a link that signs that admin in once. Until
somebody signed in, each call prints a new link and ends the one before; later it does nothing. \`signalbox start\` does the same.
`;

export async function run(argv: string[]): Promise<number> {
  if (argv.length > 0) {
    process.stdout.write(HELP);
    return argv.includes("--help") ? 0 : 2;
  }
  const { link } = await withRunningDatabase(() => bootstrap());
  if (link) {
    process.stdout.write(`${link.link}\n`);
    process.stderr.write(`Works once, until ${link.expiresAt.toISOString()}.\n`);
  } else process.stderr.write("Somebody has signed in already; ask an operator, or run `signalbox reset-password`.\n");
  return 0;
}
