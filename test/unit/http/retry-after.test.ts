import { expect, test } from "vitest";
import { AppError } from "../../../src/errors/error.ts";
import { problemResponse } from "../../../src/http/problem.ts";

test("an answer that knows when to come again says so to programs", () => {
  const error = new AppError("TOO_MANY_TRIES", undefined, { retryAfterSeconds: 900 });
  const answer = problemResponse(error, "id");
  expect(answer.status).toBe(429);
  expect(answer.headers.get("retry-after")).toBe("900");
  expect(problemResponse(new AppError("NOT_FOUND"), "id").headers.has("retry-after")).toBe(false);
});
