import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { createDeadline } from "../../../src/ctrl/deadline.ts";

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
});

function watched(allowed: () => number | null = () => 100) {
  const expired = vi.fn();
  return { deadline: createDeadline(allowed, expired), expired };
}

test("ends once, when its time is over", () => {
  const { deadline, expired } = watched();
  deadline.restart();
  deadline.watch();
  vi.advanceTimersByTime(98);
  expect(expired).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10);
  expect(expired).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(expired).toHaveBeenCalledTimes(1);
});

test("begins anew for the next command", () => {
  const { deadline, expired } = watched();
  deadline.watch();
  for (let turn = 0; turn < 5; turn += 1) {
    vi.advanceTimersByTime(60);
    deadline.restart();
    deadline.watch();
  }
  expect(expired).not.toHaveBeenCalled();
  vi.advanceTimersByTime(101);
  expect(expired).toHaveBeenCalledTimes(1);
});

test("stands still in a pause, and what was spent before it stays spent", () => {
  const { deadline, expired } = watched();
  deadline.restart();
  deadline.watch();
  vi.advanceTimersByTime(60);
  deadline.pause();
  vi.advanceTimersByTime(10_000);
  expect(expired).not.toHaveBeenCalled();
  deadline.resume();
  vi.advanceTimersByTime(30);
  expect(expired).not.toHaveBeenCalled();
  vi.advanceTimersByTime(15);
  expect(expired).toHaveBeenCalledTimes(1);
});

test("a shorter one after a longer one is not late", () => {
  let allowed: number | null = 10_000;
  const { deadline, expired } = watched(() => allowed);
  deadline.watch();
  allowed = 50;
  deadline.restart();
  deadline.watch();
  vi.advanceTimersByTime(60);
  expect(expired).toHaveBeenCalledTimes(1);
});

test("nothing under way, or stopped: nothing ends", () => {
  let allowed: number | null = null;
  const { deadline, expired } = watched(() => allowed);
  deadline.watch();
  allowed = 100;
  deadline.watch();
  allowed = null;
  vi.advanceTimersByTime(1_000);
  allowed = 100;
  deadline.restart();
  deadline.watch();
  deadline.stop();
  vi.advanceTimersByTime(1_000);
  expect(expired).not.toHaveBeenCalled();
});
