//! Annotations → what each outlet ran, cut, left out, and in whose words.
