/** One study: 64 MiB on the wire, the parts of multipart included. */
export const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;

interface UploadRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
}

interface Reply {
  status(code: number): { set(name: string, value: string): { json(body: object): void } };
}

/**
 * Express middleware that holds the whole upload to a limit; multer only knows limits for each file. An upload has to
 * announce its length, to which Node then holds it.
 */
export function limitUpload(request: UploadRequest, reply: Reply, next: () => void): void {
  const length = request.headers['content-length'];
  if (request.method !== 'POST' || (length !== undefined && Number(length) <= MAX_UPLOAD_BYTES))
    return next();
  const [status, message] =
    length === undefined
      ? [411, 'An upload must announce its length (Content-Length).']
      : [413, `An upload may have ${MAX_UPLOAD_BYTES} bytes; this one has ${Number(length)}.`];
  // The rest of the upload will not be read.
  reply.status(status).set('connection', 'close').json({ statusCode: status, message });
}
