import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { awsCredentials, forgetAwsCredentials } from "./aws-credentials";

const ROLE = "arn:aws:iam::111122223333:role/signalbox";
const LENT = { accessKey: "ASIAEXAMPLE", secretKey: "lent", session: "session-of-the-role" };
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-aws-"));
const tokenFile = path.join(folder, "token");
const SET = [
  ...["KMS_CREDENTIALS", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_ENDPOINT_URL_STS"],
  ...["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "OUTBOUND_ALLOW"],
  ...["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "AWS_CONTAINER_AUTHORIZATION_TOKEN"],
  "AWS_EC2_METADATA_SERVICE_ENDPOINT",
];

let server: Server;
let base: string;
let asked: string[] = [];
let failing: string | null = null;
let ends = "2030-01-01T00:00:00Z";
let role = "signalbox-role\n";

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    asked.push(`${request.method} ${request.url}`);
    const [status, answer] = failing ? [400, failing] : serve(request, body);
    response.writeHead(status).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  [asked, failing, ends, role] = [[], null, "2030-01-01T00:00:00Z", "signalbox-role\n"];
  writeFileSync(tokenFile, "token-of-the-pod\n");
  process.env.OUTBOUND_ALLOW = "keys=127.0.0.1";
  forgetAwsCredentials();
});
afterEach(() => {
  for (const name of SET) delete process.env[name];
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** As the services check what they are asked. */
function serve({ url, method, headers }: IncomingMessage, body: string): [number, string] {
  const json = () =>
    JSON.stringify({
      ...{ Code: "Success", AccessKeyId: LENT.accessKey, SecretAccessKey: LENT.secretKey },
      ...{ Token: LENT.session, Expiration: ends },
    });
  const session = headers["x-aws-ec2-metadata-token"] === "imds-token";
  switch (`${method} ${url}`) {
    case "POST /": {
      const form = Object.fromEntries(new URLSearchParams(body));
      const right =
        form.Action === "AssumeRoleWithWebIdentity" &&
        form.Version === "2011-06-15" &&
        form.RoleArn === ROLE &&
        form.WebIdentityToken === "token-of-the-pod" &&
        form.RoleSessionName === "signalbox" &&
        !headers.authorization;
      if (!right) return [403, "<ErrorResponse><Error><Code>InvalidIdentityToken</Code></Error></ErrorResponse>"];
      return [
        200,
        `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
           <AccessKeyId>${LENT.accessKey}</AccessKeyId><SecretAccessKey>${LENT.secretKey}</SecretAccessKey>
           <SessionToken>${LENT.session}</SessionToken><Expiration>${ends}</Expiration>
         </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
      ];
    }
    case "GET /v1/credentials":
      return headers.authorization === "token-of-the-pod" ? [200, json()] : [401, "who are you"];
    case "PUT /latest/api/token":
      return headers["x-aws-ec2-metadata-token-ttl-seconds"] === "21600" ? [200, "imds-token"] : [400, ""];
    case "GET /latest/meta-data/iam/security-credentials/":
      return session ? [200, role] : [401, ""];
    case "GET /latest/meta-data/iam/security-credentials/signalbox-role":
      return session ? [200, json()] : [401, ""];
    default:
      return [404, ""];
  }
}

const get = (now?: number) => awsCredentials("eu-central-1", now);
const refused = (why: string) => ({ code: "not_ready", message: expect.stringContaining(why) });

function useContainer(): void {
  Object.assign(process.env, {
    ...{ KMS_CREDENTIALS: "container", AWS_CONTAINER_CREDENTIALS_FULL_URI: `${base}/v1/credentials` },
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
  });
}

test("a pod's token becomes credentials of its role", async () => {
  Object.assign(process.env, {
    ...{ KMS_CREDENTIALS: "web-identity", AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile },
    AWS_ENDPOINT_URL_STS: `${base}/`,
  });
  expect(await get()).toMatchObject(LENT);
  forgetAwsCredentials();
  writeFileSync(tokenFile, "stolen");
  await expect(get()).rejects.toMatchObject(refused("InvalidIdentityToken"));
  rmSync(tokenFile);
  await expect(get()).rejects.toMatchObject(refused("cannot be read"));
  delete process.env.AWS_ROLE_ARN;
  await expect(get()).rejects.toMatchObject(refused("AWS_ROLE_ARN"));
});

test("a container asks beside it, with its token", async () => {
  useContainer();
  expect(await get()).toMatchObject(LENT);
  forgetAwsCredentials();
  delete process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  await expect(get()).rejects.toMatchObject(refused("status 401"));
  process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN = "token-of-the-pod";
  expect(await get()).toMatchObject(LENT);
  forgetAwsCredentials();
  process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI = "@elsewhere.example/";
  await expect(get()).rejects.toMatchObject(refused("a path in"));
  delete process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  delete process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  await expect(get()).rejects.toMatchObject(refused("AWS_CONTAINER_CREDENTIALS_FULL_URI"));
});

test("a machine asks its metadata service, by a token first", async () => {
  Object.assign(process.env, { KMS_CREDENTIALS: "instance", AWS_EC2_METADATA_SERVICE_ENDPOINT: `${base}/` });
  expect(await get()).toMatchObject(LENT);
  expect(asked).toEqual([
    "PUT /latest/api/token",
    "GET /latest/meta-data/iam/security-credentials/",
    "GET /latest/meta-data/iam/security-credentials/signalbox-role",
  ]);
  forgetAwsCredentials();
  role = "../../user-data";
  await expect(get()).rejects.toMatchObject(refused("no role"));
  failing = "secret words";
  await expect(get()).rejects.toMatchObject(refused("status 400"));
  await expect(get()).rejects.not.toThrow(/secret words/);
});

test("kept until shortly before they end; used to the end when no new ones are to be had", async () => {
  useContainer();
  const end = Date.parse(ends);
  await Promise.all([get(), get(), get()]);
  await get(end - 301_000);
  expect(asked).toHaveLength(1);
  await get(end - 299_000);
  expect(asked).toHaveLength(2);
  failing = "away";
  expect(await get(end - 1_000)).toMatchObject(LENT);
  await expect(get(end)).rejects.toMatchObject(refused("status 400"));
  failing = null;
  ends = "soon";
  await expect(get(end)).rejects.toMatchObject(refused("cannot be read"));
});

test("nothing is lent unless an operator chose it; other addresses go through the guarded door", async () => {
  await expect(get()).rejects.toMatchObject(refused("AWS_ACCESS_KEY_ID"));
  expect(asked).toEqual([]);
  useContainer();
  delete process.env.OUTBOUND_ALLOW;
  await expect(get()).rejects.toMatchObject({ code: "outbound_refused" });
  expect(asked).toEqual([]);
});
