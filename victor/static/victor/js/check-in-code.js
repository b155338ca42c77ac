// A code was read, and one session is on: check in at once. Without scripts, and from a link, it takes one press.
document.querySelector("[data-now]")?.click();
