import express, { RequestHandler, Router } from 'express';
import { RefusedCall } from './RefusedCall';

// A little more than the largest specification that Kubernetes stores.
const BODY_LIMIT = '1500kb';

/** Reads JSON bodies, whatever they are compressed with, up to the limit; other kinds of bodies are refused unread. */
export function readBodies(router: Router): void {
  router.use(requireJson);
  router.use(express.json({ limit: BODY_LIMIT }));
}

const requireJson: RequestHandler = (request, _response, next) => {
  const { 'content-type': type, 'transfer-encoding': chunked } =
    request.headers;
  const isEmpty =
    !chunked && Number(request.headers['content-length'] ?? 0) === 0;
  if (isEmpty || request.is('application/json')) {
    next();
    return;
  }
  throw new RefusedCall(
    `The body is ${
      type ? `sent as ${type}` : 'sent without a content-type'
    }; send it as application/json. The text of a YAML file goes into the field "application".`,
    {
      name: 'UnsupportedMediaTypeError',
      statusCode: 415,
      headers: { accept: 'application/json' },
    },
  );
};
