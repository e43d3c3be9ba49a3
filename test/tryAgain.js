/* global jest */
// A machine that stands still for a moment is no failure: what fails is done once more, and said by the summary. What fast-check
// found is not forgiven by that, since a second try begins with the same seed (seededFastCheck.js).
jest.retryTimes(1, { logErrorsBeforeRetry: true });
