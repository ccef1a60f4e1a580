/** What only this module checks: that the OkHttp below the flow tests really is 4.12. */
@NullMarked
package dev.gateway4j.okhttp4;

import org.jspecify.annotations.NullMarked;
