import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine is no failure: waiting ends as soon as what is waited for is there.
configure({ asyncUtilTimeout: 20_000 });

// jsdom draws nothing: what asks for sizes is told that nothing changes.
class QuietResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver ??= QuietResizeObserver;
window.scrollTo = () => {};
window.matchMedia ??= query => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
});
// axe asks a canvas how wide letters are; jsdom would print a page of stack for each question.
HTMLCanvasElement.prototype.getContext = () => null;
