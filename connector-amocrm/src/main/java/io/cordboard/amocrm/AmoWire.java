// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.util.Map;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HTTP;
import retrofit2.http.Header;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.Url;

/** The requests that an account understands. */
interface AmoWire {
    @GET
    Call<ResponseBody> get(@Url String address, @Header("Authorization") String bearer);

    @POST
    Call<ResponseBody> post(@Url String address, @Header("Authorization") String bearer, @Body Object body);

    @PATCH
    Call<ResponseBody> patch(@Url String address, @Header("Authorization") String bearer, @Body Object body);

    @HTTP(method = "DELETE", hasBody = true)
    Call<ResponseBody> delete(@Url String address, @Header("Authorization") String bearer, @Body Object body);

    @POST
    Call<ResponseBody> token(@Url String address, @Body Map<String, String> question);

    @GET
    Call<ResponseBody> whereNow(@Url String address, @Header("X-Refresh-Token") String refresh);
}
