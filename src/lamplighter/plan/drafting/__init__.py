"""From a text to a draft of its promises, figures and dates: plain rules and word lists, and a person who decides each one."""
