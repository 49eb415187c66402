// SPDX-License-Identifier: Apache-2.0
// Runs before the first paint, so that a page remembered as dark never flashes white.
(function () {
  try {
    var theme = localStorage.getItem('cordboard.theme');
    if (theme === '"dark"' || theme === '"light"') document.documentElement.dataset.theme = JSON.parse(theme);
    var language = localStorage.getItem('cordboard.lang');
    if (language) document.documentElement.lang = JSON.parse(language);
  } catch (e) {
    // A browser that forbids storage still gets a desk; it only forgets the choice.
  }
})();
