/** Known-bad: code that the check for null must refuse. */
@NullMarked
package com.example.careless;

import org.jspecify.annotations.NullMarked;
