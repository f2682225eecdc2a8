import NextAuth from "next-auth";
import { authOptions } from "@/lib/tenancy";

function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  return NextAuth(request as never, context as never, authOptions());
}

export { handler as GET, handler as POST };
