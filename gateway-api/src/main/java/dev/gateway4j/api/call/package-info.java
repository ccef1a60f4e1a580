/** What is known about a call: the tags it came with, what it used and cost, how it ended, and the report that says so. Records only. */
@NullMarked
package dev.gateway4j.api.call;

import org.jspecify.annotations.NullMarked;
