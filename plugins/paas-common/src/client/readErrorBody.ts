import { z } from 'zod';
import { invalidAnswerSchema } from '../api/planSchemas';
import { PaasClientError } from './PaasClientError';

// The form in which Backstage backends answer errors.
const errorBodySchema = z.object({
  error: z.object({ message: z.string().min(1) }),
});

/** Makes the error of a refused request; keeps the server's sentence, never its HTML. */
export async function readErrorBody(
  response: Response,
  tried: string,
): Promise<PaasClientError> {
  const text = await response.text().catch(() => '');
  const body = parseJson(text);
  const invalid = invalidAnswerSchema.safeParse(body);
  if (invalid.success) {
    const { problems } = invalid.data;
    const message = problems.map(problem => problem.message).join(' ');
    return new PaasClientError(message, { status: response.status, problems });
  }
  const known = errorBodySchema.safeParse(body);
  const message = known.success
    ? known.data.error.message
    : `${tried} was answered with status ${response.status}.`;
  return new PaasClientError(message, { status: response.status });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
