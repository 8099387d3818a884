import '@testing-library/jest-dom';

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
